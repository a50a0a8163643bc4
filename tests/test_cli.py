from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoportal.cli import main
from geoportal.settings import Settings


def run(settings: Settings, *arguments: str) -> Result:
    env = {"GEOPORTAL_HOME": str(settings.home), "GEOPORTAL_DATA": str(settings.data)}
    return CliRunner().invoke(main, arguments, env={**env, "GEOPORTAL_MIRROR": settings.mirror or ""})


def test_an_unchanged_input_is_not_built_again(facts_settings: Settings) -> None:
    result = run(facts_settings, "build", "--no-fetch")
    assert result.exit_code == 0
    assert "nothing changed" in result.output


def test_layers_are_listed_with_counts_dates_and_licences_and_what_is_absent(facts_settings: Settings) -> None:
    lines = run(facts_settings, "layers").output.splitlines()
    obce = next(line for line in lines if line.startswith("obce "))
    assert "215" in obce
    assert "CC BY 4.0" in obce
    assert any(line.startswith("lesy ") and "není uvolněn" in line for line in lines)


def test_check_writes_nothing_and_names_every_mistake(home: Path, tmp_path: Path) -> None:
    (home / "layers" / "zzs.toml").write_text('titel = "x"\n', encoding="utf-8")
    (home / "layers" / "obce.toml").write_text("expected = 'many'\n", encoding="utf-8")
    result = run(Settings(home=home, data=tmp_path / "data"), "check")
    assert result.exit_code == 1
    assert "layers/zzs.toml: titel: unknown key; did you mean 'title'?" in result.output
    assert "layers/obce.toml: expected" in result.output
    assert not (tmp_path / "data").exists()


def test_check_says_what_can_be_built(facts_settings: Settings) -> None:
    result = run(facts_settings, "check")
    assert result.exit_code == 0
    assert "layers and" in result.output


def test_an_unknown_source_is_answered_with_those_there_are(facts_settings: Settings) -> None:
    result = run(facts_settings, "fetch", "csu-mso")
    assert result.exit_code == 1
    assert "did you mean 'csu-mos'" in result.output


def test_a_wrong_use_is_two(facts_settings: Settings) -> None:
    assert run(facts_settings, "bild").exit_code == 2


def test_a_folder_as_mirror_is_fetched_and_a_second_time_nothing_changes(
    mirror: Path, home: Path, tmp_path: Path
) -> None:
    settings = Settings(home=home, data=tmp_path, mirror=str(mirror))
    assert "new" in run(settings, "fetch", "csu-mos").output
    assert "1 of 1 files unchanged" in run(settings, "fetch", "csu-mos").output


@pytest.mark.parametrize("name", ["home", "port"])
def test_a_wrong_setting_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"GEOPORTAL_{name.upper()}", "/nowhere")
    result = CliRunner().invoke(main, ["layers"])
    assert result.exit_code == 1
    assert f"GEOPORTAL_{name.upper()}='/nowhere'" in result.output

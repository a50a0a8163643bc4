from geoportal.cli import main

main()

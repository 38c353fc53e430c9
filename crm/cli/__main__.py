from crm.cli.main import main

main(prog_name="ancrage")

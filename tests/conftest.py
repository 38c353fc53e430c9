pytest_plugins = ["tests.databases", "tests.mail_servers", "tests.browsers", "tests.sites"]

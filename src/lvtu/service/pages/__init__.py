"""The web app: the files of its build, served beside the API."""

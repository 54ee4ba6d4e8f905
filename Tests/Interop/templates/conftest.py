import django

# The behaviour is that of Django 5.2; the venv with the article's pins has an older one.
if django.VERSION < (5, 2):
    collect_ignore_glob = ["test_*.py"]

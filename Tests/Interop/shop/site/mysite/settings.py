import os
from pathlib import Path

BASE = Path(__file__).parent.parent
SECRET_KEY = "unused"
INSTALLED_APPS = ["channels"]
ROOT_URLCONF = "mysite.urls"
USE_TZ = True
TIME_ZONE = "Europe/Paris"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
    }
]
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [os.environ["TURBOCTL_REDIS_URL"]]},
    }
}

import os

SECRET_KEY = "interop"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["daphne", "channels", "chatgpt_django_app.chat"]
ROOT_URLCONF = "chatgpt_django_app.urls"
ASGI_APPLICATION = "chatgpt_django_app.asgi.application"
USE_TZ = True

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [os.environ.get("SITE_REDIS_URL", "redis://127.0.0.1:6379/0")],
        },
    },
}

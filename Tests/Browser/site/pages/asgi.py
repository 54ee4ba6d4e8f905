import os

os.environ["DJANGO_SETTINGS_MODULE"] = "pages.settings"

from django.core.asgi import get_asgi_application

http = get_asgi_application()

from actioncable import ActionCableConsumer, cable_channel_register
from channels.routing import ProtocolTypeRouter, URLRouter
from chatgpt_django_app.chat import routing
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.urls import path
from turbo_helper.channels.streams_channel import TurboStreamCableChannel

cable_channel_register(TurboStreamCableChannel)

application = ProtocolTypeRouter(
    {
        "http": ASGIStaticFilesHandler(http),
        "websocket": URLRouter(
            [*routing.urlpatterns, path("cable", ActionCableConsumer.as_asgi())]
        ),
    }
)

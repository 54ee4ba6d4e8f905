import json
from pathlib import Path

from django.urls import path
from django.views.generic import TemplateView

MESSAGES = json.loads(Path(__file__).with_name("messages.json").read_text())


class Page(TemplateView):
    extra_context = {"object_list": MESSAGES}


urlpatterns = [
    path("chat/<int:chat_pk>/message/list/", Page.as_view(template_name="message_list_page.html")),
    path("cable/<int:chat_pk>/", Page.as_view(template_name="cable_page.html")),
    path("windows/", Page.as_view(template_name="windows.html")),
]

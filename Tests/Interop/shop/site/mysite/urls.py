from django.urls import path


def view(request, **arguments): ...


urlpatterns = [
    path("", view, name="home"),
    path("chat/<int:pk>/", view, name="chat"),
]

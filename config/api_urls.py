from django.urls import include, path, re_path

from disputes.api import ADDRESSES, VIEWS
from timeline.api.entrance import Nowhere
from timeline.api.routes import routes

urlpatterns = [
    path("v1/", include((routes(VIEWS, ADDRESSES), "api"))),
    re_path(r"[\s\S]*", Nowhere.as_view(), name="nowhere"),
]

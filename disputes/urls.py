from django.urls import path

from timeline import converters

from . import developers, views
from .charts import cards
from .charts import views as charts

converters.register()

urlpatterns = [
    path("", views.home, name="home"),
    path("method/", views.method, name="method"),
    path("developers/", developers.developers, name="developers"),
    path("chains/", views.turning_points, name="chains"),
    path("chains/<plural:plural>/<str:key>/", views.chain, name="chain"),
    path("card.png", cards.general, name="card"),
    path("disputes/<str:key>/card.png", cards.dispute, name="dispute-card"),
    path("surveys/<str:key>/card.png", cards.survey, name="survey-card"),
    path("surveys/<str:key>/chart.svg", charts.drawing, name="survey-drawing"),
    path("surveys/<str:key>/chart.png", charts.picture, name="survey-picture"),
    path("surveys/<str:key>/data.csv", charts.table, name="survey-data"),
]

"""Addresses of the toolbox: the health check and the pattern page."""

app_name = "kit"
urlpatterns: list = []

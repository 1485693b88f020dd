"""The shape of the request that opens an upload."""

from django import forms


class UploadForm(forms.Form):
    """Name, size in bytes and, if the sender knows it, the SHA-256 of a file about to be sent."""

    name = forms.CharField(max_length=300)
    size = forms.IntegerField(min_value=0)
    sha256 = forms.RegexField(r"\A[0-9a-f]{64}\Z", required=False)
    sensitive = forms.BooleanField(required=False)

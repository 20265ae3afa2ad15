from django import forms

from rse.core.web.forms import Text


class SeenForm(forms.Form):
    newest = Text(max_length=200)


class OpenedForm(forms.Form):
    opened = Text(max_length=4000)

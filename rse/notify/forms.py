from django import forms


class SeenForm(forms.Form):
    newest = forms.CharField(max_length=200)

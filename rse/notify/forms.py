from django import forms


class SeenForm(forms.Form):
    position = forms.IntegerField(min_value=0, max_value=2**63 - 1)

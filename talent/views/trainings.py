from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rse.core.access.readers import get_visible_or_404

from .. import queries
from ..forms import TrainingForm
from ..models import Training
from ..services import being


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request):
    """Render and save the trainings one writes down."""
    form = TrainingForm(request.POST or None, about=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            being.add_training(person=request.user, **form.cleaned_data)
        except being.TooManyTrainings:
            form.add_error("title", _("Forty trainings are written already. Take one away first."))
        else:
            messages.success(request, _("The training is saved."))
            return redirect("training:mine")
    context = {"form": form, "trainings": queries.trainings_for(request.user, request.user), "subject": request.user}
    return render(request, "talent/training_mine.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request, public_id):
    being.remove_training(person=request.user, training=get_visible_or_404(Training, request.user, public_id=public_id))
    return redirect("training:mine")

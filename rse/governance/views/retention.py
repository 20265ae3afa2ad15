from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rse.core.folding import sorts_as
from rse.core.ops import retention

from .. import rules


@require_safe
def retention_list(request):
    """Render what is kept, how long, and what became of it: no name, and no number that would stand for few people."""
    if not rules.can_read_retention(request.user):
        raise PermissionDenied
    lines = sorted(retention.lines(), key=lambda line: (sorts_as(str(line.period.things)), line.period.name))
    return render(request, "governance/retention_list.html", {"lines": lines, "is_late": any(line.is_late for line in lines)})

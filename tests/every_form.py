"""Every form of the product and every control of its templates, found by walking the source."""

import ast
import importlib
import re

from django import forms

from tests.architecture.tree import Tree

ROOMS = {"rse", "communities", "mentoring", "mobility", "onboarding", "search", "talent", "allauth"}
CONTROL = re.compile(r"<(?:input|textarea|select|button)\b(?:\"[^\"]*\"|{[%{].*?[%}]}|[^>\"])*?\sname=\"([^\"]*)\"", re.DOTALL)
NAMED_BY_ITS_FORM = {
    "{{ name }}",
    "{{ widget.name }}",
    "{{ accepted_field }}",
}  # the page that asks for the charter: what it was sent, and its own


def form_classes():
    """Return every form class that a module of the product declares, and those of the sign-in library."""
    for module in Tree().modules:
        if not module.is_migration and "forms." in module.path.read_text(encoding="utf-8"):
            importlib.import_module(module.name)
    found, waiting = [], [forms.BaseForm]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            found.append(one)
    ours = {one for one in found if one.__module__.split(".")[0] in ROOMS and hasattr(one, "base_fields")}  # the rest only adds to forms
    return sorted(ours, key=lambda one: (one.__module__, one.__qualname__))


def sent_by_forms():
    """Return the name under which each field of each form is sent, with its form; of the sign-in library, the forms that are ours."""
    return {
        html_name(form, name): form.__qualname__
        for form in form_classes()
        if "WebAuthn" not in form.__qualname__  # keys in hardware are not offered
        for name in form.base_fields
    }


def html_name(form, name):
    return form.add_prefix(object.__new__(form), name)


def made_fields():
    """Yield the names that forms give to fields while they are made; of an f-string, how it begins."""
    for module in Tree().modules:
        for node in ast.walk(module.tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Subscript) and ast.unparse(target.value) == "self.fields":
                    if isinstance(target.slice, ast.Constant):
                        yield target.slice.value
                    elif isinstance(target.slice, ast.JoinedStr):
                        yield f"{target.slice.values[0].value}1"


def control_names():
    """Yield the name of every control that a template writes itself; what a template fills in becomes a digit."""
    for template in Tree().templates:
        for name in CONTROL.findall(template.spoken):
            if name not in NAMED_BY_ITS_FORM:
                yield re.sub(r"{{.*?}}", "1", name)


def field_names():
    """Return every name under which something can be sent to a page."""
    return set(sent_by_forms()) | set(made_fields()) | set(control_names())


def typed_by(browser):
    """Return what each form of ``browser`` says of whose drafts are kept there."""
    return re.search(r'data-drafts="([^"]+)"', browser.get("/people/").text)[1]

"""The fourteen subjects people write about, and all their texts."""

from __future__ import annotations

from ..drafts import Idea, Message, Question, Thanks, Theme
from . import (
    casting_posts,
    casting_questions,
    data_posts,
    data_questions,
    finance_posts,
    finance_questions,
    hr_posts,
    hr_questions,
    hse_posts,
    hse_questions,
    logistics_posts,
    logistics_questions,
    machining_posts,
    machining_questions,
    maintenance_posts,
    maintenance_questions,
    purchasing_posts,
    purchasing_questions,
    quality_posts,
    quality_questions,
    rd_posts,
    rd_questions,
    sales_posts,
    sales_questions,
    site_posts,
    site_questions,
    welcome_posts,
    welcome_questions,
)

THEMES = (
    Theme("casting", "Fonderie et moulage", "Moulding and casting", ("Fonderie", "Méthodes")),
    Theme(
        "machining",
        "Usinage, chaudronnerie et soudage",
        "Machining, sheet metal and welding",
        ("Usinage", "Chaudronnerie et soudage", "Méthodes"),
    ),
    Theme("quality", "Qualité", "Quality", ("Qualité", "Fonderie", "Usinage")),
    Theme("data", "Données et systèmes d’information", "Data and information systems", ("Données et systèmes d’information", "Qualité")),
    Theme("maintenance", "Maintenance", "Maintenance", ("Maintenance", "Fonderie")),
    Theme("logistics", "Logistique", "Logistics", ("Logistique", "Achats")),
    Theme("purchasing", "Achats", "Purchasing", ("Achats", "Qualité")),
    Theme("hse", "Santé, sécurité, environnement", "Health, safety, environment", ("HSE", "Fonderie", "Maintenance", "Logistique")),
    Theme("hr", "RH et vie au travail", "HR and working life", ("Ressources humaines", "Direction", "Fonctions générales")),
    Theme("welcome", "Accueil des nouveaux", "Welcoming newcomers", ()),
    Theme("finance", "Finance", "Finance", ("Finance", "Achats", "Commerce")),
    Theme("sales", "Commerce", "Sales", ("Commerce", "Méthodes")),
    Theme("rd", "Recherche et développement", "Research and development", ("R&D", "Qualité", "Fonderie")),
    Theme("site", "Vie de site", "Life on the sites", ()),
)


_MODULES = {
    "casting": (casting_questions, casting_posts),
    "machining": (machining_questions, machining_posts),
    "quality": (quality_questions, quality_posts),
    "data": (data_questions, data_posts),
    "maintenance": (maintenance_questions, maintenance_posts),
    "logistics": (logistics_questions, logistics_posts),
    "purchasing": (purchasing_questions, purchasing_posts),
    "hse": (hse_questions, hse_posts),
    "hr": (hr_questions, hr_posts),
    "welcome": (welcome_questions, welcome_posts),
    "finance": (finance_questions, finance_posts),
    "sales": (sales_questions, sales_posts),
    "rd": (rd_questions, rd_posts),
    "site": (site_questions, site_posts),
}

DRAFTS: dict[str, dict[str, tuple[Question | Message | Thanks | Idea, ...]]] = {
    key: {"question": questions.QUESTIONS, "message": posts.MESSAGES, "thanks": posts.THANKS, "idea": posts.IDEAS}
    for key, (questions, posts) in _MODULES.items()
}

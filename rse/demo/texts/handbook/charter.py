"""The charter of the network, one page."""

from __future__ import annotations

from .page import HandbookPage

CHARTER = (
    HandbookPage(
        "charte",
        "Charte du réseau",
        "Ce que l'on attend de chacun, et ce que l'entreprise s'interdit.",
        """Ce réseau sert à travailler ensemble : poser une question, aider quelqu'un, raconter ce que l'on a appris. Il appartient à celles et ceux qui s'en servent.

## Ce que chacun fait ici

- **On parle du travail, et des gens avec respect.** Critiquer une méthode, oui. Une personne, non, présente ou absente.
- **On répond aux nouveaux.** La première question d'une personne mérite une réponse, même courte, dans la journée de travail.
- **On dit d'où l'on parle.** Un avis est un avis, un fait porte une date ou une source.
- **On garde à l'intérieur ce qui est à l'intérieur.** Clients, prix, résultats, départs : rien ne sort sans l'accord de la personne qui en a la charge.
- **On demande avant de montrer.** Pas de photo d'une personne, d'une pièce client ou d'un écran sans accord.
- **On corrige.** Chacun peut modifier ou retirer ce qu'il a écrit, et signaler ce qui blesse. Un signalement est lu par une personne, et vous saurez ce qu'il est devenu.

## Ce qui n'a pas sa place

Le harcèlement, les propos discriminants, la publicité, les informations de santé ou de vie privée d'autrui. Les animatrices et animateurs d'une communauté peuvent masquer un contenu, en disant pourquoi.

## Ce que l'entreprise s'interdit

- Mesurer votre présence, vos heures de connexion ou le nombre de vos messages.
- Donner une note, un rang ou un badge à une personne.
- Lire les notes d'un binôme de mentorat ou l'espace des élus du personnel.
- Montrer une candidature interne à votre responsable sans votre accord.
- Prendre une décision sur vous sans qu'une personne la prenne et puisse l'expliquer.

## Vos droits

Vous voyez ce que l'entreprise voit de vous, avant elle. Vous pouvez masquer ou commenter chaque ligne de vos contributions, obtenir une copie de vos données et savoir qui a ouvert votre dossier.

## Vos horaires

Personne n'attend de réponse en dehors de vos heures. Les notifications attendent le matin, ou la fin de votre nuit.

Cette charte a été présentée au comité social et économique. Une nouvelle version vous sera proposée avec ses différences, et vous l'accepterez avant votre publication suivante.
""",
        "fr",
    ),
    HandbookPage(
        "charte",
        "Charter of the network",
        "What is expected of everyone, and what the company forbids itself.",
        """This network is for working together: asking a question, helping someone, telling what we learned. It belongs to the people who use it.

## What each of us does here

- **We talk about work, and about people with respect.** Criticise a method, yes. A person, no, present or absent.
- **We answer newcomers.** A person's first question deserves a reply, even a short one, within the working day.
- **We say where we speak from.** An opinion is an opinion; a fact has a date or a source.
- **What is inside stays inside.** Customers, prices, results, departures: nothing goes out without the agreement of the person in charge.
- **We ask before we show.** No picture of a person, a customer's part or a screen without consent.
- **We correct.** Everyone can change or withdraw what they wrote, and report what hurts. A report is read by a person, and you will know what became of it.

## What has no place

Harassment, discriminatory words, advertising, information about other people's health or private life. The hosts of a community may hide a post, and must say why.

## What the company forbids itself

- To measure your presence, your hours online or the number of your messages.
- To give a person a score, a rank or a badge.
- To read the notes of a mentoring pair or the space of the elected representatives.
- To show an internal application to your manager without your consent.
- To take a decision about you that no person takes and can explain.

## Your rights

You see what the company sees of you, before it does. You can hide or comment each line of your contributions, get a copy of your data, and know who opened your file.

## Your hours

Nobody expects an answer outside your hours. Notifications wait for the morning, or for the end of your night.

This charter was presented to the works council. A new version will be offered to you with its differences, and you will accept it before you publish again.
""",
        "en",
    ),
)

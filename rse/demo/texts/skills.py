"""The reference table of skills: a stable code, both labels and the theme of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SkillDraft:
    """One skill of the reference table."""

    code: str
    label_fr: str
    label_en: str
    theme: str


_TABLE = """
casting | sand_moulding | Moulage en sable | Sand moulding
casting | core_making | Noyautage | Core making
casting | melting | Conduite de fusion | Melting
casting | pouring | Coulée | Pouring
casting | gating_design | Masselottage et attaques de coulée | Gating and feeding design
casting | mould_coating | Enduits et couches de moule | Mould coatings
casting | investment_casting | Cire perdue | Investment casting
casting | heat_treatment | Traitement thermique | Heat treatment
casting | fettling | Ébarbage et parachèvement | Fettling
casting | pattern_making | Modelage et plaques modèles | Pattern making
casting | casting_simulation | Simulation de coulée | Casting simulation
machining | cnc_programming | Programmation de commandes numériques | CNC programming
machining | five_axis | Usinage cinq axes | Five-axis machining
machining | cutting_tools | Outils coupants | Cutting tools
machining | fixturing | Montages d'usinage | Fixturing
machining | machining_setup | Réglage de machines-outils | Machine set-up
machining | surface_finish | États de surface | Surface finish
machining | cad_cam | CFAO | CAD/CAM
machining | deburring | Ébavurage | Deburring
machining | tig_welding | Soudage TIG | TIG welding
machining | sheet_metal | Chaudronnerie et pliage | Sheet metal work
machining | weld_repair | Réparation par soudage | Weld repair
quality | root_cause | Analyse de causes | Root cause analysis
quality | eight_d | Résolution de problèmes 8D | 8D problem solving
quality | metrology | Métrologie | Metrology
quality | ndt | Contrôle non destructif | Non-destructive testing
quality | radiography | Lecture de radiographies | Radiograph reading
quality | control_plans | Plans de surveillance | Control plans
quality | audit | Audit | Auditing
quality | customer_claims | Réclamations clients | Customer claims
quality | fmea | AMDEC | FMEA
quality | measurement_systems | Capabilité des moyens de mesure | Measurement system analysis
data | data_quality | Qualité des données | Data quality
data | sql | SQL | SQL
data | dashboards | Tableaux de bord | Dashboards
data | data_modelling | Modélisation de données | Data modelling
data | python | Python | Python
data | industrial_iot | Capteurs et objets connectés d'atelier | Industrial sensors
data | erp_admin | Administration de l'ERP | ERP administration
data | access_rights | Gestion des droits d'accès | Access management
data | spreadsheet | Tableurs avancés | Advanced spreadsheets
data | integration | Interfaces entre logiciels | System integration
data | cybersecurity | Sécurité informatique d'atelier | Shop-floor cybersecurity
maintenance | troubleshooting | Dépannage | Troubleshooting
maintenance | hydraulics | Hydraulique | Hydraulics
maintenance | vibration_analysis | Analyse vibratoire | Vibration analysis
maintenance | plc | Automates industriels | Industrial controllers
maintenance | preventive_planning | Maintenance préventive | Preventive maintenance
maintenance | lubrication | Lubrification | Lubrication
maintenance | electrical | Électricité industrielle | Industrial electricity
maintenance | spare_parts | Gestion des pièces de rechange | Spare parts management
logistics | scheduling | Ordonnancement | Scheduling
logistics | inventory | Gestion de stock | Inventory management
logistics | warehouse | Organisation de magasin | Warehouse organisation
logistics | packaging | Conditionnement | Packaging
logistics | transport_planning | Organisation des transports | Transport planning
logistics | forklift_flows | Circulation et flux d'atelier | Shop-floor flows
logistics | customs_export | Douane et export | Customs and export
logistics | kanban | Flux tiré | Pull systems
purchasing | supplier_negotiation | Négociation fournisseurs | Supplier negotiation
purchasing | supplier_audit | Évaluation de fournisseurs | Supplier assessment
purchasing | contracts | Contrats d'achat | Purchase contracts
purchasing | raw_materials_market | Marchés des matières premières | Raw materials markets
purchasing | specification_writing | Rédaction de cahiers des charges | Specification writing
purchasing | total_cost | Coût complet | Total cost of ownership
hse | risk_assessment | Évaluation des risques | Risk assessment
hse | lockout | Consignation | Lockout and tagout
hse | chemical_risk | Risque chimique | Chemical risk
hse | ergonomics | Ergonomie des postes | Workplace ergonomics
hse | fire_safety | Sécurité incendie | Fire safety
hse | incident_analysis | Analyse d'accidents et de presque-accidents | Incident analysis
hse | environment | Déchets et environnement | Waste and environment
hse | energy | Maîtrise de l'énergie | Energy management
hr | interviewing | Conduite d'entretiens | Interviewing
hr | training_design | Conception de formations | Training design
hr | employment_rules | Règles et temps de travail | Employment rules
hr | payroll | Paie | Payroll
hr | mobility_advice | Conseil en mobilité | Mobility advice
hr | mentoring | Mentorat | Mentoring
hr | team_leading | Animation d'équipe | Team leading
welcome | onboarding_hosting | Accueil et transmission | Welcoming and passing on
welcome | shift_handover | Transmission entre équipes | Shift handover
finance | cost_accounting | Contrôle de gestion industriel | Cost accounting
finance | budgeting | Construction budgétaire | Budgeting
finance | cash_flow | Trésorerie | Cash management
finance | capex_case | Dossiers d'investissement | Investment cases
finance | invoicing | Facturation | Invoicing
sales | quoting | Chiffrage et devis | Quoting
sales | key_account | Suivi de grands comptes | Key account management
sales | contract_review | Revue de contrat | Contract review
sales | market_watch | Veille de marché | Market watch
sales | customer_meeting | Relation client | Customer relations
sales | export_sales | Vente à l'export | Export sales
rd | alloy_design | Mise au point d'alliages | Alloy development
rd | experimental_design | Plans d'expériences | Design of experiments
rd | prototyping | Prototypage | Prototyping
rd | additive_manufacturing | Fabrication additive | Additive manufacturing
rd | patents | Propriété industrielle | Intellectual property
rd | technical_writing | Rédaction technique | Technical writing
site | workshop_facilitation | Animation d'atelier | Workshop facilitation
site | facilitation | Conduite de réunion | Meeting facilitation
site | project_management | Conduite de projet | Project management
site | change_support | Accompagnement du changement | Change support
site | public_speaking | Prise de parole | Public speaking
site | english_technical | Anglais technique | Technical English
site | event_organising | Organisation d'événements | Event organising
site | site_knowledge | Vie pratique du site | Practical life on site
"""


def skill_table() -> tuple[SkillDraft, ...]:
    """The whole table, in the order of the themes."""
    rows = (line.split(" | ") for line in _TABLE.strip().splitlines())
    return tuple(SkillDraft(code, french.replace("'", "’"), english, theme) for theme, code, french, english in rows)

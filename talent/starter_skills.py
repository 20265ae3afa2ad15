"""A first reference table of skills, for a company that has none: code, French and English label, group."""

GROUPS = {
    "production": """
        usinage|Usinage|Machining
        fonderie|Fonderie|Casting
        moulage-sable|Moulage au sable|Sand moulding
        soudage|Soudage|Welding
        programmation-cn|Programmation de commandes numériques|CNC programming
        reglage-machine|Réglage de machines|Machine set-up
        lecture-de-plan|Lecture de plans|Reading technical drawings
        assemblage|Assemblage|Assembly
        peinture-industrielle|Peinture industrielle|Industrial painting
        conduite-de-ligne|Conduite de ligne|Line operation
        ordonnancement|Ordonnancement|Production scheduling
        amelioration-continue|Amélioration continue|Continuous improvement
        cinq-s|Méthode 5S|5S method
        smed|Changement rapide d’outil|Quick changeover
        robotique|Robotique|Robotics
        fabrication-additive|Fabrication additive|Additive manufacturing
    """,
    "maintenance": """
        maintenance-preventive|Maintenance préventive|Preventive maintenance
        diagnostic-de-pannes|Diagnostic de pannes|Fault finding
        automatismes|Automatismes|Industrial automation
        hydraulique|Hydraulique|Hydraulics
        pneumatique|Pneumatique|Pneumatics
        electricite-industrielle|Électricité industrielle|Industrial electricity
        analyse-vibratoire|Analyse vibratoire|Vibration analysis
        gmao|Gestion de la maintenance assistée par ordinateur|Computerised maintenance management
    """,
    "quality": """
        qualite-des-donnees|Qualité des données|Data quality
        controle-qualite|Contrôle qualité|Quality control
        metrologie|Métrologie|Metrology
        audit-interne|Audit interne|Internal audit
        analyse-des-causes|Analyse des causes|Root cause analysis
        amdec|Analyse des modes de défaillance|Failure mode analysis
        maitrise-statistique|Maîtrise statistique des procédés|Statistical process control
        reclamations-clients|Traitement des réclamations|Complaint handling
        certification|Démarche de certification|Certification
    """,
    "safety": """
        securite-au-travail|Sécurité au travail|Workplace safety
        ergonomie|Ergonomie|Ergonomics
        risque-chimique|Risque chimique|Chemical risk
        premiers-secours|Premiers secours|First aid
        environnement|Management de l’environnement|Environmental management
        efficacite-energetique|Efficacité énergétique|Energy efficiency
        bilan-carbone|Bilan carbone|Carbon accounting
    """,
    "supply": """
        achats|Achats|Purchasing
        negociation|Négociation|Negotiation
        negociation-fournisseurs|Négociation avec les fournisseurs|Supplier negotiation
        gestion-des-stocks|Gestion des stocks|Inventory management
        transport|Organisation du transport|Transport planning
        douane|Douane|Customs
        preparation-de-commandes|Préparation de commandes|Order picking
        prevision-de-la-demande|Prévision de la demande|Demand forecasting
        cariste|Conduite de chariots|Forklift driving
    """,
    "engineering": """
        conception-mecanique|Conception mécanique|Mechanical design
        cao|Conception assistée par ordinateur|Computer-aided design
        simulation-numerique|Simulation numérique|Numerical simulation
        materiaux|Science des matériaux|Materials science
        electronique|Électronique|Electronics
        essais|Essais et validation|Testing and validation
        gestion-des-exigences|Gestion des exigences|Requirements management
        propriete-industrielle|Propriété industrielle|Industrial property
        ecoconception|Écoconception|Ecodesign
    """,
    "data": """
        analyse-de-donnees|Analyse de données|Data analysis
        tableurs|Tableurs avancés|Advanced spreadsheets
        sql|Langage SQL|SQL
        python|Langage Python|Python
        visualisation|Visualisation de données|Data visualisation
        developpement-web|Développement web|Web development
        administration-systeme|Administration de systèmes|System administration
        cybersecurite|Cybersécurité|Cybersecurity
        reseaux|Réseaux informatiques|Computer networks
        erp|Progiciel de gestion|Enterprise resource planning
        accessibilite|Accessibilité numérique|Digital accessibility
    """,
    "business": """
        relation-client|Relation client|Customer relations
        vente|Vente|Sales
        appels-d-offres|Réponse aux appels d’offres|Tendering
        marketing|Marketing|Marketing
        communication-interne|Communication interne|Internal communication
        redaction|Rédaction|Writing
        traduction|Traduction|Translation
        comptabilite|Comptabilité|Accounting
        controle-de-gestion|Contrôle de gestion|Management control
        droit-du-travail|Droit du travail|Employment law
        droit-des-contrats|Droit des contrats|Contract law
        paie|Paie|Payroll
        recrutement|Recrutement|Recruitment
        ingenierie-de-formation|Ingénierie de formation|Training design
    """,
    "together": """
        gestion-de-projet|Gestion de projet|Project management
        animation-d-atelier|Animation d’atelier|Workshop facilitation
        prise-de-parole|Prise de parole en public|Public speaking
        transmission|Transmission des savoir-faire|Passing on know-how
        tutorat|Tutorat|Tutoring
        management-d-equipe|Encadrement d’équipe|Team management
        management-a-distance|Encadrement à distance|Remote team management
        conduite-du-changement|Conduite du changement|Change management
        mediation|Médiation|Mediation
        dialogue-social|Dialogue social|Social dialogue
        resolution-de-problemes|Résolution de problèmes|Problem solving
        travail-en-anglais|Travail en anglais|Working in English
    """,
}


def starter_skills() -> list[tuple[str, str, str, str]]:
    """Return ``(code, French label, English label, group)`` of each skill of the starter table."""
    return [
        (*line.strip().split("|"), group)  # type: ignore[misc]
        for group, lines in GROUPS.items()
        for line in lines.strip().splitlines()
    ]

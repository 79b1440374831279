"""What people call the columns of messages, cascades, customers and what goes out to them."""

from collections.abc import Mapping

Words = tuple[str, ...]

OF_COMMUNICATION: Mapping[str, Mapping[str, Words]] = {
    "hiccups": {
        "noticed": ("noticed", "customers notice", "customer impact", "visible to customers", "Kunden merken es"),
        "promises": ("promises", "promise", "what we promise", "service promise", "Zusagen"),
        "ready": ("ready", "ready since", "ready on", "plan ready", "bereit seit"),
        "tried": ("tried", "tried on", "played through", "rehearsed", "rehearsed on", "geprobt"),
    },
    "experiments": {
        "id": ("id", "experiment id", "key", "ref"),
        "name": ("name", "experiment", "trial", "pilot", "title", "Versuch"),
        "hypothesis": ("hypothesis", "what we expect", "expectation", "Hypothese"),
        "technique": ("technique", "intervention", "what is tried", "treatment", "Technik"),
        "behaviour": ("behaviour", "behavior", "measure", "measured on", "outcome", "Verhalten"),
        "hoped": ("hoped", "hoped for", "expected effect", "effect in points", "points", "erhoffte Wirkung"),
        "design": ("design", "kind of experiment"),
        "starts": ("starts", "starts on", "first day", "begins", "Beginn"),
        "weeks": ("weeks", "duration in weeks", "number of weeks", "Wochen"),
        "stop_rule": ("stop rule", "stopping rule", "stops when", "Abbruchregel"),
        "decides": ("decides", "who decides", "decided by", "entscheidet"),
    },
    "messages": {
        "id": ("id", "message id", "message no", "ref"),
        "title": ("title", "message", "key message", "subject", "topic", "Botschaft", "Betreff"),
        "side": ("side", "inside or customers", "internal or external"),
        "segments": ("segments", "segment", "customer segments", "customers", "Kundensegmente"),
        "sender": ("sender", "from whom", "sent by", "messenger", "spokesperson", "Absender"),
        "sender_kind": ("sender kind", "kind of sender", "sender type", "sender role"),
        "channels": ("channels", "channel", "media", "medium", "vehicle", "delivery method", "Kanal", "Kanäle"),
        "about_my_work": ("about my work", "about their job", "touches own job", "wiifm"),
        "cut_over": ("cut over", "cut-over", "before cut-over of"),
        "audience": ("audience", "target audience", "target group", "Zielgruppe"),
    },
    "segments": {
        "id": ("id", "segment id", "segment", "key", "Segmentnummer"),
        "name": ("name", "segment name", "customer segment", "customer group", "title", "Kundensegment", "Kundengruppe"),
        "words": ("words", "note", "notes", "remark", "description", "Bemerkung"),
    },
    "reachable": {
        "segment": ("segment", "segment id", "customer segment", "customer group", "Kundensegment", "Kundengruppe"),
        "channels": ("channels", "channel", "can be reached by", "reachable by", "Kanal", "Kanäle"),
        "contacts": ("contacts", "customers", "count", "number of contacts", "Anzahl", "Kontakte", "Kunden"),
    },
    "sendings": {
        "message": ("message", "campaign", "mailing", "Botschaft", "Kampagne"),
        "channel": ("channel", "medium", "Kanal"),
        "counted": ("counted", "recipients", "addressed", "targeted", "audience size", "Empfänger"),
        "sent": ("sent", "delivered", "successful deliveries", "versendet", "zugestellt"),
        "bounced": ("bounced", "bounces", "total bounces", "failed", "undelivered", "unzustellbar", "Rückläufer"),
    },
    "steps": {
        "message": ("message", "message id", "topic", "briefing", "Botschaft"),
        "deliverer": ("deliverer", "who tells them", "presenter", "held by", "briefed by", "team leader"),
        "opens": ("opens", "from", "window from", "earliest"),
        "closes": ("closes", "to", "until", "window until", "deadline", "by"),
        "delivered": ("delivered", "delivered on", "held on", "briefed on", "done on", "confirmed on"),
    },
}  # fmt: skip

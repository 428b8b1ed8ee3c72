"""What is asked when ways between entities are looked for."""

from graph_app.exploration.paths import AROUND, KINDS, LONGEST, MOST
from graph_app.views.contract.parameters import AS_OF, choice, limit, one
from graph_app.vocabulary import vocabulary

WAYS = {
    "from": one("text", "Id or name of an entity.", "شناسه یا نام موجودیت."),
    "to": one("text", "Id or name of the other one.", "شناسه یا نام موجودیت دیگر."),
    "kind": choice("Which ways are wanted.", "گونهٔ مسیرها.", *KINDS, default="alternatives"),
    "most": limit(5, MOST),
    "steps": one("integer", "Steps of a way at most.", "بیشترین شمار گام‌های مسیر.", least=1, most=max(AROUND, LONGEST)),
    "label": one("text", "Label of what a single end leads to.", "برچسب آنچه از یک سر به آن می‌رسد."),
    "type": one("text", "Types of ties that are walked on.", "نوع پیوندهایی که پیموده می‌شوند.", many=True),
    "sure": choice("Certainty at least.", "کمترین قطعیت.", *vocabulary().certainties),
    "as_of": AS_OF,
    "groups": one("boolean", "Also through groups.", "از گروه‌ها هم."),
    "hubs": one("boolean", "Also through hubs.", "از گره‌های پرپیوند هم."),
}

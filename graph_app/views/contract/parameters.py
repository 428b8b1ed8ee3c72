"""What several addresses take, each in the words of both languages."""

from graph_app.catalog.parameters import Choice, Parameter, Type, Words


def one(
    type_: Type,
    en: str,
    fa: str,
    *,
    required: bool = False,
    many: bool = False,
    default: str | None = None,
    least: int | None = None,
    most: int | None = None,
) -> Parameter:
    """Return a parameter with its help."""
    about = Words(en=en, fa=fa)
    return Parameter(type=type_, help=about, required=required, many=many, default=default, least=least, most=most)


def choice(en: str, fa: str, *values: str, default: str | None = None) -> Parameter:
    """Return a parameter that is one of ``values``."""
    choices = tuple(Choice(value=value, en=value, fa=value) for value in values)
    return Parameter(type="choice", help=Words(en=en, fa=fa), required=False, values=choices, default=default)


VALUES = Words(
    en="The values of the question, each under the name of its field.",
    fa="مقدارهای پرسش، هر یک با نام فیلد خود.",
)
STEPS = one(
    "text",
    "Entities of the picture: ids between commas, steps between semicolons.",
    "موجودیت‌های تصویر: شناسه‌ها با ویرگول و گام‌ها با نقطه‌ویرگول از هم جدا می‌شوند.",
)
IDS = one("text", "Ids of entities.", "شناسه‌های موجودیت‌ها.", many=True)
SHOWN = one("text", "Ids that are known already.", "شناسه‌هایی که پیش‌تر گرفته شده‌اند.", many=True)
WITHOUT = one("text", "Ids that are left out.", "شناسه‌هایی که کنار گذاشته می‌شوند.", many=True)
AS_OF = one(
    "date",
    "The day on which statuses are looked at, in either calendar; today if it is left out.",
    "روزی که وضعیت‌ها در آن دیده می‌شوند، به هر یک از دو گاه‌شمار؛ اگر نباشد، امروز.",
)
HIDE = one("text", "What is hidden: facet:value between commas.", "آنچه پنهان است: facet:value با ویرگول میانشان.")
UNDATED = choice(
    "Hides what could have a date and has none.", "آنچه می‌توانست تاریخ داشته باشد و ندارد پنهان می‌شود.", "hide"
)
OFFSET = one("integer", "Rows before the first one.", "شمار ردیف‌های پیش از نخستین ردیف.", default="0", least=0)
LANGUAGE = choice(
    "Language of names and sentences; without it the one your browser asks for.",
    "زبان نام‌ها و جمله‌ها؛ اگر نباشد، زبانی که مرورگر می‌خواهد.",
    "en",
    "fa",
)


def limit(default: int, most: int) -> Parameter:
    """Return how many rows are wanted."""
    return one("integer", "Rows at most.", "بیشترین شمار ردیف‌ها.", default=str(default), least=1, most=most)

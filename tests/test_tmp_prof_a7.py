import cProfile, pstats, os, sys
from time import process_time
import pytest, logging, collections
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import attacker_scene
from tests import test_attacker as ta
from tests.attacker import Attacker, Address
from tests.cast import Cast

def test_each(cast: Cast, capsys):
    logging.disable(logging.CRITICAL)
    scene = attacker_scene.make(cast)
    a=Attacker({name: cast.played[name] for name in ta.ROLES}, cast.program, ())
    r0,r3=scene.rounds[0].pk, scene.rounds[3].pk
    paths=[f"assessments/{r3}/results/","assessments/culture/",f"pace/{scene.behaviour.pk}/","pace/","released/","ownership/","voices/","assessments/",f"assessments/{r3}/response/","voices/figures/"]
    with capsys.disabled():
        from django.db.models.functions import Length
        from commonground.assessments.models import PublishedTable
        for t in PublishedTable.objects.filter(round=r3): print(t.key, len(__import__("json").dumps(t.data)))
        print("items", len(__import__("json").dumps(scene.rounds[3].items)))
        for p in paths:
            for role in ("alice","dan"):
                ad=Address(role,f"/northlight/{p}").having("format","csv").having("as_of","2026-01-01" if "pace" in p and role=="dan" else None)
                a._file(ad)
                with CaptureQueriesContext(connection) as c: b=a._file(ad)
                t=process_time()
                for _ in range(30): a._file(ad)
                print(f"\n{p} {role} {1000*(process_time()-t)/30:.2f}ms queries {len(c)} body {len(b or b'')}")
                if os.environ.get("Q"): 
                  for q in c.captured_queries: print("   ", q["sql"][:260])
                if os.environ.get("F"):
                  pr=cProfile.Profile(); pr.enable()
                  for _ in range(30): a._file(ad)
                  pr.disable(); pstats.Stats(pr,stream=sys.stdout).sort_stats("cumtime").print_stats(22)

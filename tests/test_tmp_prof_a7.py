import cProfile, pstats, os, sys
from time import process_time
import pytest, logging, collections
from tests import attacker_scene
from tests import test_attacker as ta
from tests.cast import Cast

def test_prof(cast: Cast, capsys):
    logging.disable(logging.CRITICAL)
    t=process_time()
    scene = attacker_scene.make(cast)
    made = process_time()-t
    n=int(os.environ.get("N","5000"))
    p=cProfile.Profile() if os.environ.get("P","1")=="1" else None
    t=process_time()
    if p: p.enable()
    a=ta.attacked(scene,n)
    if p: p.disable()
    took=process_time()-t
    t=process_time()
    with capsys.disabled():
        print("\nmade",made,"asked",took,n/took, "whole",a.whole,"bodies",len(a.bodies),"last",a.last_new, "queue", len(a._next))
        c=collections.Counter((x.path.replace("/northwind",""), x.file) for x in a._asked)
        print(c.most_common(25))
        try:
            found, eq = ta.learned(scene, ta.waves(scene,a)); more, o = ta.beside(scene,a)
            print("solved", process_time()-t, eq, o, len(found), len(more))
        except Exception as e: print("ERR", type(e), str(e)[:300])
        if p:
            for s in ("tottime","cumtime"):
                st=pstats.Stats(p,stream=sys.stdout).sort_stats(s).print_stats(60)

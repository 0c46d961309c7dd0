create extension citext; create domain word as citext;

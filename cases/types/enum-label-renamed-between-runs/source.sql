insert into person select i, 'sad', '{glad,sad}' from generate_series(1, 20) i;

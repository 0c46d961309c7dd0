do $$ begin execute (select 'insert into t select ' || string_agg('n', ', ') || ', ''v'' from generate_series(1, 50) n' from generate_series(1, 32) i); end $$;

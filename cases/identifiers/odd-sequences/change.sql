insert into t select; select setval('"t_Col_seq"', 1000);

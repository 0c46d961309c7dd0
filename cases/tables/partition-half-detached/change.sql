-- What is left when alter table … detach partition … concurrently is cancelled in its second half.
update pg_inherits set inhdetachpending = true where inhrelid = 'high'::regclass;

begin;
set constraints all deferred;
update u set n = n % 4 + 1, updated_at = now();
commit;

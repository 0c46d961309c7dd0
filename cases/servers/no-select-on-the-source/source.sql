insert into open values (1); insert into secret values (1, 'x');
grant usage on schema public to ${role};
grant select on open to ${role};

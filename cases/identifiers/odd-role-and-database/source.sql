insert into t values (1); insert into "no""access" values (1); grant select on t to ${role};

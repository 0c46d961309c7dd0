insert into t values (1, '{[A,b),[B,c)}');

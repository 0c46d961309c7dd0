begin; update t set u = 13 - u; commit;

module libjoblib/joblib

go 1.19

#include "model/trees/trees.h"

#define TREE_MODULES "sklearn.tree._classes sklearn.tree.tree"
#define FOREST_MODULES "sklearn.ensemble._forest sklearn.ensemble.forest"

const joblib_model__type joblib_model__tree_classifier_type = {
    .compute = {[JOBLIB_METHOD_PREDICT] = joblib_model__predict_tree_labels,
                [JOBLIB_METHOD_PREDICT_PROBA] = joblib_model__average_trees},
    .derive = JOBLIB_MODEL_LOG_OF_PROBABILITIES,
    .prepare = joblib_model__prepare_trees,
};

const joblib_model__type joblib_model__tree_regressor_type = {
    .compute = {[JOBLIB_METHOD_PREDICT] = joblib_model__average_trees},
    .prepare = joblib_model__prepare_trees,
};

const joblib_model__type joblib_model__forest_classifier_type = {
    .compute = {[JOBLIB_METHOD_PREDICT_PROBA] = joblib_model__average_trees},
    .derive = JOBLIB_MODEL_LABELS_FROM_PROBABILITIES | JOBLIB_MODEL_LOG_OF_PROBABILITIES,
    .prepare = joblib_model__prepare_trees,
};

const joblib_model__type joblib_model__forest_regressor_type = {
    .compute = {[JOBLIB_METHOD_PREDICT] = joblib_model__average_trees},
    .prepare = joblib_model__prepare_trees,
};

joblib_model__family joblib_model__trees_family = {
    {"DecisionTreeClassifier", TREE_MODULES, &joblib_model__tree_classifier_type,
     joblib_model__build_tree},
    {"DecisionTreeRegressor", TREE_MODULES, &joblib_model__tree_regressor_type,
     joblib_model__build_tree},
    {"ExtraTreeClassifier", TREE_MODULES, &joblib_model__tree_classifier_type,
     joblib_model__build_extra_tree},
    {"ExtraTreeRegressor", TREE_MODULES, &joblib_model__tree_regressor_type,
     joblib_model__build_extra_tree},
    {"RandomForestClassifier", FOREST_MODULES, &joblib_model__forest_classifier_type,
     joblib_model__build_forest},
    {"RandomForestRegressor", FOREST_MODULES, &joblib_model__forest_regressor_type,
     joblib_model__build_forest},
    {"ExtraTreesClassifier", FOREST_MODULES, &joblib_model__forest_classifier_type,
     joblib_model__build_forest},
    {"ExtraTreesRegressor", FOREST_MODULES, &joblib_model__forest_regressor_type,
     joblib_model__build_forest},
    {NULL, NULL, NULL, NULL},
};

#undef TREE_MODULES
#undef FOREST_MODULES

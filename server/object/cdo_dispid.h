/*
 * cdo_dispid.h: the numbers that CDO's type library gives its default members besides DISPID_VALUE.
 *
 * Layer: server/object. Early bound VB programs use them; struct auto_class takes them as value_id.
 */
#ifndef CDO_DISPID_H
#define CDO_DISPID_H

enum cdo_dispid {
    CDO_DISPID_ITEM = 21,
    CDO_DISPID_NAME = 23,
    CDO_DISPID_SUBJECT = 38,
    CDO_DISPID_VALUE = 43,
    CDO_DISPID_RECURRENCE_TYPE = 324,
};

#endif

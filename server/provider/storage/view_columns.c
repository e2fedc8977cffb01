/*
 * view_columns.c: the columns that SQL knows in each kind of view, and sort keys as SQL.
 *
 * Layer: portable.
 */
#include "propvalue.h"
#include "view.h"

/* Messages: the item table has alias i. */
static const struct view_column item_view_columns[] = {
#define ITEM_COLUMN(column, tag, indexed) {tag, #column, "i." #column, indexed},
#include "item_columns.def"
#undef ITEM_COLUMN
    {PR_MESSAGE_SIZE_EXTENDED, NULL, "i.size", false},
};

/* Folders: the folder table has alias f. */
static const struct view_column folder_view_columns[] = {
    {PR_DISPLAY_NAME_W, NULL, "f.name", false},
    {PR_FOLDER_TYPE, NULL, "f.type", false},
    {PR_CONTENT_COUNT, NULL, "f.contents", false},
    {PR_CONTENT_UNREAD, NULL, "f.unread", false},
    {PR_ASSOC_CONTENT_COUNT, NULL, "f.associated", false},
    {PR_MESSAGE_SIZE, NULL, "f.size", false},
    {PR_MESSAGE_SIZE_EXTENDED, NULL, "f.size", false},
    {PR_SUBFOLDERS, NULL, "EXISTS(SELECT 1 FROM folder s WHERE s.parent=f.id AND s.deleted=0)", false},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const struct view_column *view_column_find(bool folders, ULONG tag)
{
    const struct view_column *columns = folders ? folder_view_columns : item_view_columns;
    size_t count = folders ? COUNT(folder_view_columns) : COUNT(item_view_columns);
    for (size_t i = 0; i < count; i++) {
        ULONG type = PROP_TYPE(columns[i].tag), wanted = PROP_TYPE(tag);
        if (PROP_ID(columns[i].tag) == PROP_ID(tag) &&
            (type == wanted || wanted == PT_UNSPECIFIED || (type == PT_UNICODE && wanted == PT_STRING8)))
            return &columns[i];
    }
    return NULL;
}

const struct view_column *view_column_unread(void)
{
    static const struct view_column unread = {PR_MESSAGE_FLAGS, "unread", "(i.flags&1)", true};
    return &unread;
}

const struct view_column *view_column_first(bool folders)
{
    return folders ? folder_view_columns : item_view_columns;
}

int view_column_count(bool folders)
{
    return (int)(folders ? COUNT(folder_view_columns) : COUNT(item_view_columns));
}

const char *view_pack_sql(bool folders)
{
    return folders ? "f.props" : "(SELECT p.props FROM message p WHERE p.id=i.id)";
}

/* Sorting by what is made of the id sorts by the id. */
static bool is_id_column(ULONG tag)
{
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_ENTRYID):
    case PROP_ID(PR_RECORD_KEY):
    case PROP_ID(PR_INSTANCE_KEY):
        return true;
    default:
        return false;
    }
}

static void part_sql(bool folders, const struct sort_part *part, const char *instance_sql, struct bytebuf *out)
{
    const struct view_column *column = view_column_find(folders, part->tag);
    if (is_id_column(part->tag))
        bytebuf_text(out, folders ? "mapi_key(f.id)" : "mapi_key(i.id)");
    else if (column != NULL)
        bytebuf_format(out, "mapi_key(%s)", column->sql);
    else if (part->tag & MV_INSTANCE)
        bytebuf_format(out, "mapi_pack_key(%s,%lu,%s)", view_pack_sql(folders),
                       (unsigned long)(part->tag & ~(ULONG)MV_INSTANCE), instance_sql);
    else
        bytebuf_format(out, "mapi_pack_key(%s,%lu)", view_pack_sql(folders), (unsigned long)part->tag);
}

void view_key_sql(bool folders, const struct sort_part *parts, int count, const char *instance_sql, struct bytebuf *out)
{
    if (count > 1)
        bytebuf_text(out, "mapi_join(");
    for (int i = 0; i < count; i++) {
        if (i > 0)
            bytebuf_byte(out, ',');
        if (parts[i].descending)
            bytebuf_text(out, "mapi_key_invert(");
        part_sql(folders, &parts[i], instance_sql, out);
        if (parts[i].descending)
            bytebuf_byte(out, ')');
    }
    if (count > 1)
        bytebuf_byte(out, ')');
}

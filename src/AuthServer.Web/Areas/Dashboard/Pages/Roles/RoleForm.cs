using AuthServer.Web.Areas.Dashboard.Forms;

namespace AuthServer.Web.Areas.Dashboard.Pages.Roles;

/// <summary>The fields of a role, of a new one too.</summary>
internal static class RoleForm
{
    private static readonly FormSection[] FormSections =
        [new("Identity", FormField.Text("name"), FormField.Text("description"))];

    public static IReadOnlyList<FormSection> Sections => FormSections;
}

using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Users;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>Names and addresses of a user.</summary>
[RequiresScope("read:users")]
internal sealed class EditModel(DashboardServices services, UserService users, UserUpdateService updates)
    : UserFormPage(services, users, updates)
{
    private static readonly FormSection[] FormSections =
    [
        new(
            "Names",
            FormField.Text("name"),
            FormField.Text("given_name"),
            FormField.Text("family_name"),
            FormField.Text("nickname"),
            FormField.Code("picture")),
        new(
            "Contact",
            FormField.Text("email"),
            FormField.Switch("email_verified"),
            FormField.Text("username"),
            FormField.Text("phone_number")),
    ];

    protected override IReadOnlyList<FormSection> Sections => FormSections;
}

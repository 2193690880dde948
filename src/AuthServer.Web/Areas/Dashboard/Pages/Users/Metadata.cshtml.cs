using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Users;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>The JSON objects that applications and administrators keep of a user.</summary>
[RequiresScope("read:users")]
internal sealed class MetadataModel(DashboardServices services, UserService users, UserUpdateService updates)
    : UserFormPage(services, users, updates)
{
    private static readonly FormSection[] FormSections =
        [new("Metadata", FormField.Json("user_metadata"), FormField.Json("app_metadata"))];

    protected override IReadOnlyList<FormSection> Sections => FormSections;

    /// <summary>An update merges an object: what was taken out of the text is null in it.</summary>
    protected override JsonObject BodyOf(JsonObject changes)
    {
        foreach (var (member, value) in changes)
        {
            foreach (var (name, _) in Shown.Json[member]!.AsObject())
                value!.AsObject().TryAdd(name, null);
        }

        return changes;
    }
}

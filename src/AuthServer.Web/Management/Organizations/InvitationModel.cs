using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Web.Formats;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Organizations;

/// <summary>What an inviter says.</summary>
internal sealed class InvitationDraft
{
    public string InviterName { get; set; } = "";
    public string Email { get; set; } = "";
    public string ClientId { get; set; } = "";
    public string? ConnectionId { get; set; }
    public IReadOnlyList<string> Roles { get; set; } = [];
    public int Lifetime { get; set; } = (int)Invitation.DefaultLifetime.TotalSeconds;
    public bool SendEmail { get; set; } = true;
    public string AppMetadata { get; set; } = "{}";
    public string UserMetadata { get; set; } = "{}";
}

/// <summary>
/// The members of an invitation. Its ticket is shown once, to the caller that creates it: the store only has a hash.
/// </summary>
internal static class InvitationModel
{
    private const int MaxMetadataLength = 16 * 1024;

    public static ResourceSchema<InvitationDraft> Draft { get; } =
        new ResourceSchema<InvitationDraft>()
            .Nested(
                "inviter",
                d => d.InviterName = "",
                new ResourceSchema<InvitationDraft>().Text(
                    "name", d => d.InviterName, (d, v) => d.InviterName = v, JsonValidators.TextUpTo(300)))
            .Nested(
                "invitee",
                d => d.Email = "",
                new ResourceSchema<InvitationDraft>().Text(
                    "email", d => d.Email, (d, v) => d.Email = v.Trim(), JsonValidators.TextUpTo(254)))
            .Text("client_id", d => d.ClientId, (d, v) => d.ClientId = v)
            .OptionalText("connection_id", d => d.ConnectionId, (d, v) => d.ConnectionId = v)
            .Texts("roles", d => d.Roles, (d, v) => d.Roles = [.. v.Distinct(StringComparer.Ordinal)])
            .Whole(
                "ttl_sec",
                d => d.Lifetime,
                (d, v) => d.Lifetime = v,
                1,
                (int)Invitation.MaxLifetime.TotalSeconds,
                (int)Invitation.DefaultLifetime.TotalSeconds)
            .Flag("send_invitation_email", d => d.SendEmail, (d, v) => d.SendEmail = v, reset: true)
            .With(new("app_metadata", _ => null, (d, v) => Object(v, text => d.AppMetadata = text)))
            .With(new("user_metadata", _ => null, (d, v) => Object(v, text => d.UserMetadata = text)));

    /// <summary>What is missing, or no address.</summary>
    public static ValidationError? Check(InvitationDraft draft) =>
        draft.InviterName.Length == 0 ? ValidationError.Missing("name").Under("inviter")
        : draft.Email.Length == 0 ? ValidationError.Missing("email").Under("invitee")
        : !LoginIdentifier.IsEmail(draft.Email)
            ? new ValidationError("Object didn't pass validation for format email: " + draft.Email, "invitee.email")
        : null;

    public static JsonObject Write(Invitation invitation)
    {
        var json = new JsonObject
        {
            ["id"] = invitation.Id,
            ["organization_id"] = invitation.OrganizationId,
            ["inviter"] = new JsonObject { ["name"] = invitation.InviterName },
            ["invitee"] = new JsonObject { ["email"] = invitation.Email },
            ["created_at"] = invitation.CreatedAt.Iso(),
            ["expires_at"] = invitation.ExpiresAt.Iso(),
            ["client_id"] = invitation.ClientId,
            ["app_metadata"] = JsonNode.Parse(invitation.AppMetadata),
            ["user_metadata"] = JsonNode.Parse(invitation.UserMetadata),
        };
        if (invitation.ConnectionId is { } connection)
            json["connection_id"] = connection;
        if (invitation.Roles.Count > 0)
            json["roles"] = JsonText.ArrayOf(invitation.Roles);
        return json;
    }

    private static ValidationError? Object(System.Text.Json.JsonElement value, Action<string> set)
    {
        if (value.ValueKind == System.Text.Json.JsonValueKind.Null)
            return null;
        if (JsonValidators.Object(value) is { } mistyped)
            return mistyped;
        var text = value.GetRawText();
        if (text.Length > MaxMetadataLength)
            return $"Is larger than {MaxMetadataLength} bytes";
        set(text);
        return null;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Clients;

/// <summary>
/// A client's <c>default_organization</c>. Auth0 has one flow for it, <c>client_credentials</c>; whether there is such
/// an organization is checked where the client is stored.
/// </summary>
internal static class DefaultOrganizationModel
{
    private const string Name = "default_organization";
    private const string Flow = "client_credentials";

    private static readonly ResourceSchema<Draft> Schema = new ResourceSchema<Draft>()
        .Text("organization_id", d => d.OrganizationId, (d, v) => d.OrganizationId = v)
        .Texts("flows", d => d.Flows, (d, v) => d.Flows = v);

    public static Member<Client> Member { get; } = new(Name, Write, Read);

    /// <exception cref="ManagementException">The client has one, and there is no such organization.</exception>
    public static async Task EnsureExistsAsync(Client client, AuthDbContext db, CancellationToken ct)
    {
        if (client.DefaultOrganizationId is { } id && !await db.Organizations.AnyAsync(o => o.Id == id, ct))
            throw ManagementException.Invalid("There is no such organization", Name);
    }

    private static JsonObject? Write(Client client) => client.DefaultOrganizationId is { } id
        ? new JsonObject { ["organization_id"] = id, ["flows"] = new JsonArray(Flow) }
        : null;

    private static ValidationError? Read(Client client, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            client.DefaultOrganizationId = null;
            return null;
        }

        if (JsonValidators.Object(value) is { } mistyped)
            return mistyped;
        var draft = new Draft();
        if (Schema.Apply(value, draft, Change.Create) is { } error)
            return error;
        if (draft.OrganizationId.Length == 0)
            return ValidationError.Missing("organization_id");
        if (draft.Flows is not [Flow])
            return new ValidationError($"Only [\"{Flow}\"] is supported", "flows");
        client.DefaultOrganizationId = draft.OrganizationId;
        return null;
    }

    private sealed class Draft
    {
        public string OrganizationId { get; set; } = "";
        public IReadOnlyList<string> Flows { get; set; } = [];
    }
}

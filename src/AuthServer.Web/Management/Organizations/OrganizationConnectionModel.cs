using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The members of an organization's connection, under its older and its newer address.</summary>
internal static class OrganizationConnectionModel
{
    /// <summary>At <c>enabled_connections</c>.</summary>
    public static ResourceSchema<OrganizationConnection> Older { get; } =
        Common(new ResourceSchema<OrganizationConnection>());

    /// <summary>At <c>connections</c>.</summary>
    public static ResourceSchema<OrganizationConnection> Newer { get; } =
        Common(new ResourceSchema<OrganizationConnection>())
            .Flag("is_enabled", c => c.IsEnabled, (c, v) => c.IsEnabled = v, reset: true)
            .Absent("organization_connection_name", "\"\"")
            .Absent("organization_access_level", "\"none\"");

    public static async Task<IEnumerable<JsonNode>> WriteAsync(
        IReadOnlyList<OrganizationConnection> items,
        ResourceSchema<OrganizationConnection> schema,
        AuthDbContext db,
        CancellationToken ct)
    {
        var ids = items.Select(item => item.ConnectionId).ToList();
        var known = await db.Connections.AsNoTracking().Where(c => ids.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, StringComparer.Ordinal, ct);
        return items.Select(item =>
        {
            var connection = known[item.ConnectionId];
            var json = schema.Write(item);
            json["connection"] = new JsonObject { ["name"] = connection.Name, ["strategy"] = connection.Strategy };
            return json;
        });
    }

    /// <summary>
    /// A user who signs up there has to become a member by it: otherwise the new account would be refused at once.
    /// </summary>
    public static ValidationError? Check(OrganizationConnection connection) =>
        connection is { IsSignupEnabled: true, AssignMembershipOnLogin: false }
            ? new ValidationError("Needs assign_membership_on_login", "is_signup_enabled")
            : null;

    private static ResourceSchema<OrganizationConnection> Common(ResourceSchema<OrganizationConnection> table) => table
        .AtCreate("connection_id", JsonValidators.Text, c => c.ConnectionId)
        .Flag("assign_membership_on_login", c => c.AssignMembershipOnLogin, (c, v) => c.AssignMembershipOnLogin = v)
        .Flag("show_as_button", c => c.ShowAsButton, (c, v) => c.ShowAsButton = v, reset: true)
        .Flag("is_signup_enabled", c => c.IsSignupEnabled, (c, v) => c.IsSignupEnabled = v);
}

/// <summary>Reads the connections of a new organization.</summary>
internal static class OrganizationConnectionBody
{
    private const string Key = "enabled_connections";

    /// <exception cref="ManagementException">One of them is malformed, or does not exist.</exception>
    public static async Task AddAsync(
        JsonElement list, Organization organization, AuthDbContext db, CancellationToken ct)
    {
        foreach (var element in list.EnumerateArray())
        {
            if (JsonValidators.ObjectOf("connection_id", JsonValidators.Text)(element) is { } mistyped)
                throw ManagementException.Invalid(mistyped, Key);
            var id = JsonText.Of(element, "connection_id");
            if (id is null)
                throw ManagementError.InvalidBody(ValidationError.Missing("connection_id").Under(Key)).AsException();
            var enabled = new OrganizationConnection { OrganizationId = organization.Id, ConnectionId = id };
            var error = OrganizationConnectionModel.Older.Apply(element, enabled, Change.Create)
                ?? OrganizationConnectionModel.Check(enabled);
            ManagementException.ThrowIfInvalid(error?.Under(Key));
            if (organization.Enabled(enabled.ConnectionId) is not null)
                throw ManagementException.Invalid("A connection is named twice", Key);
            if (!await db.Connections.AnyAsync(c => c.Id == enabled.ConnectionId, ct))
                throw ConnectionService.Missing;
            organization.Connections.Add(enabled);
        }
    }
}

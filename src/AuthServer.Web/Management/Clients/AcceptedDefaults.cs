using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>
/// Members of Auth0's client that nothing here acts on (<see cref="UnsupportedMember"/>), and that a client shows once
/// they are set: Terraform plans a change for what it does not read back.
/// </summary>
internal static class AcceptedDefaults
{
    private const int MaxLength = 4096;

    /// <param name="schema">The client's, or that of <paramref name="parent"/>.</param>
    /// <param name="name">The member.</param>
    /// <param name="byDefault">JSON: what is accepted.</param>
    /// <param name="parent">The member that has this one; null for a member of the client.</param>
    public static ResourceSchema<Client> Default(
        this ResourceSchema<Client> schema, string name, string byDefault, string? parent = null)
    {
        var validator = UnsupportedMember.Validator(byDefault);
        var key = parent is null ? name : Client.PropertyName(parent, name);
        return schema.With(new(name, client => client.GetProperty(key), (client, value) =>
        {
            var text = value.GetRawText();
            var tooLong = text.Length > MaxLength ? $"At most {MaxLength} characters" : null;
            if ((validator(value) ?? tooLong) is { } reason)
                return new ValidationError(reason);
            client.SetProperty(key, JsonNode.Parse(text));
            return null;
        }));
    }
}

using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Formats;

namespace AuthServer.Web.Areas.Dashboard.Pages.SigningKeys;

/// <summary>A signing key as the pages show it.</summary>
internal sealed record KeyView(JsonObject Json)
{
    /// <summary>The place of a key in the rotation, and the member that says since when.</summary>
    private static readonly (SigningKeyState State, string Member, string Since)[] States =
    [
        (SigningKeyState.Next, "next", "created_at"),
        (SigningKeyState.Current, "current", "current_since"),
        (SigningKeyState.Previous, "previous", "current_until"),
        (SigningKeyState.Revoked, "revoked", "revoked_at"),
    ];

    public string Kid => (string)Json["kid"]!;

    public string Algorithm => (string)Json["alg"]!;

    public SigningKeyState State => Place.State;

    public DateTimeOffset? Since => Instants.Read((string?)Json[Place.Since]);

    private (SigningKeyState State, string Member, string Since) Place =>
        Array.Find(States, state => (bool?)Json[state.Member] == true);

    public int DaysAt(DateTimeOffset now) => (int)(now - Instants.Read((string)Json["created_at"]!)!.Value).TotalDays;
}

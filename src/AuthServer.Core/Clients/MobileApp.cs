using System.Text.Json.Nodes;
using AuthServer.Core.Model;

namespace AuthServer.Core.Clients;

/// <summary>
/// Apps of a client that may open links of this server; Auth0's <c>mobile</c>. Android verifies them at
/// <c>/.well-known/assetlinks.json</c>, iOS at <c>/.well-known/apple-app-site-association</c>.
/// </summary>
public sealed class MobileApp
{
    public const string Name = "mobile";
    public const string Android = "android";
    public const string Ios = "ios";
    public const string Package = "app_package_name";
    public const string Fingerprints = "sha256_cert_fingerprints";
    public const string Team = "team_id";
    public const string Bundle = "app_bundle_identifier";

    public string? AndroidPackage { get; set; }

    /// <summary>SHA-256 of the certificates that the Android app is signed with.</summary>
    public IReadOnlyList<string> CertificateFingerprints { get; set; } = [];
    public string? IosTeam { get; set; }
    public string? IosBundle { get; set; }

    /// <summary>The apps of a client; with nothing set when it has none.</summary>
    public static MobileApp Of(Client client)
    {
        var stored = client.GetProperty(Name);
        return new MobileApp
        {
            AndroidPackage = stored?[Android]?[Package]?.GetValue<string>(),
            CertificateFingerprints =
                [.. (stored?[Android]?[Fingerprints]?.AsArray() ?? []).Select(text => text!.GetValue<string>())],
            IosTeam = stored?[Ios]?[Team]?.GetValue<string>(),
            IosBundle = stored?[Ios]?[Bundle]?.GetValue<string>(),
        };
    }
}

/// <summary>The apps of all clients, as the documents list them: JSON.</summary>
/// <param name="Links">Digital Asset Links of Android.</param>
/// <param name="Association">Associated domains of iOS.</param>
public sealed record MobileDocuments(string Links, string Association)
{
    public static MobileDocuments Of(IReadOnlyCollection<MobileApp> apps)
    {
        var android = apps.Where(app => app is { AndroidPackage: not null, CertificateFingerprints.Count: > 0 });
        var ios = apps.Where(app => app is { IosTeam: not null, IosBundle: not null }).ToList();
        var details = ios.Select(app => new JsonObject
        {
            ["appID"] = IdOf(app),
            ["paths"] = new JsonArray($"/ios/{app.IosBundle}/*"),
        });
        var association = new JsonObject
        {
            ["applinks"] = new JsonObject { ["apps"] = new JsonArray(), ["details"] = new JsonArray([.. details]) },
            ["webcredentials"] = new JsonObject { ["apps"] = JsonText.ArrayOf(ios.Select(IdOf)) },
        };
        return new MobileDocuments(
            new JsonArray([.. android.Select(LinkOf)]).ToJsonString(), association.ToJsonString());
    }

    private static string IdOf(MobileApp app) => $"{app.IosTeam}.{app.IosBundle}";

    private static JsonObject LinkOf(MobileApp app) => new()
    {
        ["relation"] = new JsonArray("delegate_permission/common.handle_all_urls"),
        ["target"] = new JsonObject
        {
            ["namespace"] = "android_app",
            ["package_name"] = app.AndroidPackage,
            ["sha256_cert_fingerprints"] = JsonText.ArrayOf(app.CertificateFingerprints),
        },
    };
}

using System.Text.Json;
using System.Text.RegularExpressions;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>The members of a client's <c>mobile</c>.</summary>
internal static partial class MobileAppModel
{
    private const int MaxFingerprints = 20;

    private static readonly ResourceSchema<MobileApp> Wire = new ResourceSchema<MobileApp>()
        .Nested(
            MobileApp.Android,
            app => (app.AndroidPackage, app.CertificateFingerprints) = (null, []),
            new ResourceSchema<MobileApp>()
                .OptionalText(MobileApp.Package, app => app.AndroidPackage, (app, v) => app.AndroidPackage = v, Name)
                .With(new(
                    MobileApp.Fingerprints,
                    app => app.CertificateFingerprints.Count == 0
                        ? null
                        : JsonText.ArrayOf(app.CertificateFingerprints),
                    ReadFingerprints)))
        .Nested(
            MobileApp.Ios,
            app => (app.IosTeam, app.IosBundle) = (null, null),
            new ResourceSchema<MobileApp>()
                .OptionalText(MobileApp.Team, app => app.IosTeam, (app, v) => app.IosTeam = v, Name)
                .OptionalText(MobileApp.Bundle, app => app.IosBundle, (app, v) => app.IosBundle = v, Name));

    public static Member<Client> Member { get; } =
        new(MobileApp.Name, client => client.GetProperty(MobileApp.Name), Read);

    private static ValidationError? Read(Client client, JsonElement value)
    {
        var app = value.ValueKind == JsonValueKind.Null ? new MobileApp() : MobileApp.Of(client);
        if (value.ValueKind != JsonValueKind.Null)
        {
            if (JsonValidators.Object(value) is { } mistyped)
                return new ValidationError(mistyped);
            if (Wire.Apply(value, app, Change.Update) is { } problem)
                return problem;
        }

        var json = Wire.Write(app);
        client.SetProperty(MobileApp.Name, json.Count == 0 ? null : json);
        return null;
    }

    private static ValidationError? ReadFingerprints(MobileApp app, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            app.CertificateFingerprints = [];
            return null;
        }

        if (JsonValidators.Texts(value) is { } mistyped)
            return mistyped;
        var texts = value.EnumerateArray().Select(text => text.GetString()!).ToList();
        if (texts.Count > MaxFingerprints || !texts.TrueForAll(Fingerprint().IsMatch))
            return $"Expected at most {MaxFingerprints} fingerprints of the form DE:AD:BE:EF";
        app.CertificateFingerprints = texts;
        return null;
    }

    private static string? Name(JsonElement value) => JsonValidators.TextUpTo(255)(value)
        ?? (value.GetString()!.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? null
            : "Expected letters, digits and .-_");

    [GeneratedRegex("^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){0,63}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Fingerprint();
}

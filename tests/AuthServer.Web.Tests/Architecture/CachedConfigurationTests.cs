using System.Reflection;
using System.Reflection.Emit;
using AuthServer.Core.Model;
using AuthServer.Protocol;
using AuthServer.Storage;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Tests.Architecture;

/// <summary>
/// The configuration cache hands out objects that all requests share: code that did not make an object itself writes to
/// it only where administrators and registrations change the stored one.
/// </summary>
public sealed class CachedConfigurationTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Cached =
    [
        typeof(Client), typeof(Connection), typeof(Organization), typeof(ResourceServer), typeof(TenantSettings),
    ];

    private static readonly string[] Writers =
    [
        "AuthServer.Core.Clients", "AuthServer.Core.Connections", "AuthServer.Core.Model", "AuthServer.Core.Register",
        "AuthServer.Web.Management", "AuthServer.Web.Startup",
    ];

    [Fact]
    public void Cached_configuration_is_written_to_by_management_and_registration_only()
    {
        Assembly[] assemblies =
        [
            typeof(Client).Assembly, typeof(AuthDbContext).Assembly, typeof(ProtocolPaths).Assembly,
            typeof(ServerOptions).Assembly,
        ];
        var writers = assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
            .Where(IsWriter)
            .Select(method => $"{method.DeclaringType!.FullName}.{method.Name}")
            .ToLookup(name => Array.Exists(Writers, place => name.StartsWith(place + ".", StringComparison.Ordinal)));

        Assert.Empty(writers[false]);
        Assert.Contains(
            writers[true], name => name.StartsWith("AuthServer.Core.Register.", StringComparison.Ordinal));
    }

    private static bool IsWriter(MethodBase method)
    {
        var called = CalledBy(method).Where(call => IsCached(call.DeclaringType)).ToList();
        var made = called.OfType<ConstructorInfo>().Select(call => call.DeclaringType!).ToList();
        return called.OfType<MethodInfo>().Any(
            call => IsSetter(call) && !made.Exists(call.DeclaringType!.IsAssignableFrom));
    }

    /// <summary>A setter that is inherited or overridden is called by the base class's.</summary>
    private static bool IsCached(Type? type) =>
        type is not null && type != typeof(object) && Array.Exists(Cached, type.IsAssignableFrom);

    /// <summary>A member with <c>init</c> is set where the object is made.</summary>
    private static bool IsSetter(MethodInfo method) =>
        (method.Name.StartsWith("set_", StringComparison.Ordinal)
            && method.ReturnParameter.GetRequiredCustomModifiers().Length == 0)
        || method.Name is nameof(Client.SetProperty) or nameof(Client.ForgetProperties);

    private static IEnumerable<MethodBase> CalledBy(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + sizeof(int) < code.Length; i++)
        {
            var isCall = code[i] == OpCodes.Call.Value || code[i] == OpCodes.Callvirt.Value
                || code[i] == OpCodes.Newobj.Value;
            if (isCall && Resolve(method, BitConverter.ToInt32(code, i + 1)) is { } called)
                yield return called;
        }
    }

    /// <returns>Null for bytes that are an operand, and no call.</returns>
    private static MethodBase? Resolve(MethodBase caller, int token)
    {
        // ECMA-335 §II.22: the tables MethodDef and MemberRef.
        if (token >> 24 is not (0x06 or 0x0A))
            return null;
        try
        {
            return caller.Module.ResolveMethod(
                token,
                caller.DeclaringType?.GetGenericArguments(),
                caller.IsGenericMethod ? caller.GetGenericArguments() : null);
        }
        catch (Exception noMethod) when (noMethod is ArgumentException or MissingMemberException)
        {
            return null;
        }
    }
}

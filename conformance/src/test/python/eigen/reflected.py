"""A gRPC client that knows nothing but an address: services and messages come from the reflection
service of the server, requests are plain dictionaries, answers are messages of the reflected types.
"""

import grpc
from google.protobuf import descriptor_pool, json_format, message_factory
from google.rpc import error_details_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)
from grpc_status import rpc_status

TIMEOUT_SECONDS = 20


class Refused(Exception):
    """What a call was refused with."""

    def __init__(self, method, error):
        super().__init__(f"{method}: {error.code().name} {error.details()}")
        self.code = error.code().name
        self.message = error.details()
        status = rpc_status.from_call(error)
        self.details = list(status.details) if status else []

    def detail(self, name):
        """The detail of this type of google.rpc; none when it is not among them."""
        found = getattr(error_details_pb2, name)()
        return found if any(detail.Unpack(found) for detail in self.details) else None

    def info(self):
        """The first detail, which has to be the machine-readable one."""
        info = error_details_pb2.ErrorInfo()
        if not self.details or not self.details[0].Unpack(info):
            raise AssertionError(f"{self}: the first detail is no ErrorInfo")
        return info


class Server:
    """One listener."""

    def __init__(self, address):
        self.channel = grpc.insecure_channel(address)
        self.reflection = ProtoReflectionDescriptorDatabase(self.channel)
        self.pool = descriptor_pool.DescriptorPool(self.reflection)

    def names(self):
        """The services that reflection lists."""
        return sorted(self.reflection.get_services())

    def service(self, name, described_as=None):
        """A service, also one that no file can declare but that has the shape of another."""
        return Service(self.channel, name, self.pool.FindServiceByName(described_as or name))


class Service:
    def __init__(self, channel, name, descriptor):
        self.channel = channel
        self.name = name
        self.descriptor = descriptor

    @property
    def methods(self):
        return sorted(self.descriptor.methods_by_name)

    def call(self, method, request=None, metadata=()):
        """Calls a unary method with a dictionary of fields."""
        path, message, read = self._form(method, request)
        try:
            return self.channel.unary_unary(
                path, lambda sent: sent.SerializeToString(), read)(
                    message, timeout=TIMEOUT_SECONDS, metadata=metadata)
        except grpc.RpcError as error:
            raise Refused(f"{self.name}/{method}", error) from error

    def stream(self, method, request=None, metadata=(), answer=None):
        """Everything that a server stream says until it ends, read as the messages of its method
        or as another one.
        """
        path, message, read = self._form(method, request)
        if answer:
            read = self.reader(answer).FromString
        try:
            return list(self.channel.unary_stream(
                path, lambda sent: sent.SerializeToString(), read)(
                    message, timeout=TIMEOUT_SECONDS, metadata=metadata))
        except grpc.RpcError as error:
            raise Refused(f"{self.name}/{method}", error) from error

    def reader(self, full_name):
        """The class of a reflected message."""
        return message_factory.GetMessageClass(
            self.descriptor.file.pool.FindMessageTypeByName(full_name))

    def _form(self, method, request):
        found = self.descriptor.methods_by_name[method]
        message = message_factory.GetMessageClass(found.input_type)()
        json_format.ParseDict(request or {}, message)
        answer = message_factory.GetMessageClass(found.output_type)
        return f"/{self.name}/{method}", message, answer.FromString


def enum_name(message, field):
    """The name of an enum field's value, as the server's own descriptors have it."""
    descriptor = message.DESCRIPTOR.fields_by_name[field]
    return descriptor.enum_type.values_by_number[getattr(message, field)].name
